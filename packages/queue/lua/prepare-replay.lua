--[[
Makes a dead letter ready to run again: forgets how it ended, keeps its steps and history.

Only while it is in the failed set: a job that someone else just replayed may have a new outcome, which has to
stay. So has one that says the job took effect (a run that outlived its lock ended well after another had
failed): the next run then finds it and does nothing twice.

KEYS[1]  the failed set (sorted set)      KEYS[2]  job (hash)
ARGV[1]  job id

Returns how often it was replayed, this time included; 0 if it is no dead letter.
]]
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) or redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
local outcome = redis.call('HGET', KEYS[2], 'mk:outcome')
if outcome and cjson.decode(outcome).type == 'dead' then redis.call('HDEL', KEYS[2], 'mk:outcome') end
redis.call('HDEL', KEYS[2], 'mk:crashes', 'mk:first', 'mk:run')
return redis.call('HINCRBY', KEYS[2], 'mk:replays', 1)
