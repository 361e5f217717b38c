--[[
Gives a lock back.

KEYS[1]  the lock (string)
ARGV[1]  who

Returns 1 if it was theirs, 0 if not.
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
return 1
