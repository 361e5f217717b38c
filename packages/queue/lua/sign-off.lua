--[[
Marks a worker as one that stopped by itself. It no longer counts from now on, and heartbeats of others forget it
after an hour.

KEYS[1]  workers (hash)
ARGV[1]  worker id

Returns 1 if it was registered, else 0.
]]
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then return 0 end
-- Deleted first: a full Redis refuses a script's first write if it needs memory, but not those after another one.
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], '{"stoppedAt":' .. now .. ',' .. string.sub(stored, 2))
return 1
