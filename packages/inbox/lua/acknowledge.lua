--[[
Says that entries are dispatched, and counts those that no processor wanted.

A script, because a full Redis refuses a transaction that holds HINCRBY, but lets a script go on that has
already written: what is dispatched must be acknowledged, or nothing can ever be trimmed.

KEYS[1]  the inbox (stream)
KEYS[2]  counts (hash)

ARGV[1]  consumer group      ARGV[2]  how many of the entries nobody wanted      ARGV[3…]  entry ids

Returns how many had not been acknowledged before.
]]
local acknowledged = redis.call('XACK', KEYS[1], ARGV[1], unpack(ARGV, 3))
local unwanted = math.min(tonumber(ARGV[2]), acknowledged)
if unwanted > 0 then redis.call('HINCRBY', KEYS[2], 'unsubscribed', unwanted) end
return acknowledged
