--[[
Puts a dead letter away, if it still is one.

The job's hash stays at its key, so that the same event dispatched again runs nothing, and so that it can be
recovered. Being in the failed set decides: of a replay and a discard at the same moment exactly one finds it there.

KEYS[1]  the failed set (sorted set)   KEYS[2]  job (hash)   KEYS[3]  the discarded ones (sorted set, by when)
ARGV[1]  job id      ARGV[2]  now, ms since 1970      ARGV[3]  who, why and when, a JSON object with fields
ARGV[4]  '' or ms since 1970: one that died later is not meant

mk:discarded gets ARGV[3] and within it `diedAt`, the letter's place in the failed set.

Returns 1; 0 if it is no such dead letter.
]]
local now = tonumber(ARGV[2])
if not now or now < 0 then return redis.error_reply('BADARG now is no time') end
if ARGV[4] ~= '' and not tonumber(ARGV[4]) then return redis.error_reply('BADARG the last death is no time') end
if string.sub(ARGV[3], 1, 2) ~= '{"' then return redis.error_reply('BADARG the note is no JSON object') end
local diedAt = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not diedAt or (ARGV[4] ~= '' and tonumber(diedAt) > tonumber(ARGV[4])) then return 0 end
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
-- First what needs no memory: a full Redis refuses a script's first write only.
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
redis.call('HSET', KEYS[2], 'mk:discarded', '{"diedAt":' .. diedAt .. ',' .. string.sub(ARGV[3], 2))
return 1
