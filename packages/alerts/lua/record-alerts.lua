--[[
Stores what people were told of, if the writer still holds the lock.

KEYS[1]  the lock (string)   KEYS[2]  the alerts (hash)
ARGV[1]  who
ARGV[2]  how many fields to delete, then their names, then fields and values to set

Returns 1 if stored, 0 if the lock is somebody else's or nobody's.
]]
local deletes = tonumber(ARGV[2])
if not deletes or (#ARGV - 2 - deletes) % 2 ~= 0 then return redis.error_reply('ERR fields') end
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
-- See hold-lock.lua: on a full Redis, what was told would be told again at every look.
redis.call('HDEL', KEYS[2], '')
for i = 3, 2 + deletes do redis.call('HDEL', KEYS[2], ARGV[i]) end
for i = 3 + deletes, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
return 1
