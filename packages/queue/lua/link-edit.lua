--[[
Notes on a dead letter that it is run with another body, as a job of its own. Of the letter nothing else changes.

Written before that job is added: a link to a job that never came to be does no harm, while a job that nobody finds
from its letter could.

KEYS[1]  the failed set (sorted set)      KEYS[2]  the letter's job (hash)
ARGV[1]  the letter's id      ARGV[2]  the edit, a JSON object      ARGV[3]  how many of them are kept

Returns 1; 0 if it is no dead letter (any more).
]]
if string.sub(ARGV[2], 1, 1) ~= '{' then return redis.error_reply('BADARG the edit is no JSON object') end
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) or redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
local edits = cjson.decode(redis.call('HGET', KEYS[2], 'mk:edits') or '[]')
edits[#edits + 1] = cjson.decode(ARGV[2])
while #edits > tonumber(ARGV[3]) do table.remove(edits, 1) end
redis.call('HSET', KEYS[2], 'mk:edits', cjson.encode(edits))
return 1
