--[[
Takes a removal back, if its tombstone still stands.

KEYS[1]  subscriptions (hash)      KEYS[2]  tombstones (hash)
ARGV[1]  processor      ARGV[2]  the tombstone      ARGV[3]  the subscription that was

Returns 1 if it was taken back; 0 if the tombstone is another, or gone because a worker registered the processor.
]]
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[3])
return 1
