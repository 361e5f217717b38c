--[[
Makes a discarded letter a dead letter again, in its old place.

KEYS[1]  the failed set (sorted set)   KEYS[2]  job (hash)   KEYS[3]  the discarded ones (sorted set, by when)
ARGV[1]  job id      ARGV[2]  '' or a run: what somebody else discarded is not meant

Returns 1; 0 if it is not discarded (any more), or by somebody else.
]]
if not redis.call('ZSCORE', KEYS[3], ARGV[1]) then return 0 end
local note = redis.call('HGET', KEYS[2], 'mk:discarded')
if not note or (ARGV[2] ~= '' and cjson.decode(note).run ~= ARGV[2]) then return 0 end
local diedAt = string.match(note, '^{"diedAt":([%d.e+]+),')
if not diedAt then return redis.error_reply('BADDATA the letter does not tell when it died') end
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[1], diedAt, ARGV[1])
redis.call('HDEL', KEYS[2], 'mk:discarded')
return 1
