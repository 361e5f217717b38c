--[[
Takes a processor's subscription away and leaves a tombstone, which heartbeats of workers that run already respect.

KEYS[1]  subscriptions (hash)      KEYS[2]  tombstones (hash)
ARGV[1]  processor

Returns {} if there is no subscription; else {the tombstone: ms since 1970, the subscription that was}.
]]
local subscription = redis.call('HGET', KEYS[1], ARGV[1])
if not subscription then return {} end
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
redis.call('HSET', KEYS[2], ARGV[1], now)
redis.call('HDEL', KEYS[1], ARGV[1])
return {now, subscription}
