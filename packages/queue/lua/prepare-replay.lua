--[[
Makes a dead letter ready to run again: forgets how it ended, keeps its steps and history.

Only while it is in the failed set: a job that someone else just replayed may have a new outcome, which has to
stay.

KEYS[1]  the failed set (sorted set)      KEYS[2]  job (hash)
ARGV[1]  job id

Returns how often it was replayed, this time included; 0 if it is no dead letter.
]]
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) or redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('HDEL', KEYS[2], 'mk:outcome', 'mk:crashes', 'mk:first', 'mk:run')
return redis.call('HINCRBY', KEYS[2], 'mk:replays', 1)
