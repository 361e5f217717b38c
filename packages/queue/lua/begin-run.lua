--[[
Records that a run of a job begins, and tells what earlier runs left.

Our records are fields of BullMQ's job hash, so they live exactly as long as the job. BullMQ ignores fields it
does not know. Only the holder of the job's lock writes them.

KEYS[1]  job (hash)      KEYS[2]  its lock (string)
ARGV[1]  lock token      ARGV[2]  the run, JSON      ARGV[3]  now, ms since 1970

A run that began and never ended stands in mk:run: its worker died. Then, or if an outcome is recorded, nothing
new is written. The same run may be begun again: the reply to the first call was lost, not the worker.

Returns {0} if the lock is not held; else {1, mk:run, mk:history, mk:crashes, mk:outcome, mk:first, mk:replays},
with '' for what is absent.
]]
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return {0} end
local fields = redis.call('HMGET', KEYS[1], 'mk:run', 'mk:history', 'mk:crashes', 'mk:outcome', 'mk:first', 'mk:replays')
if fields[1] == ARGV[2] then fields[1] = false end
if not fields[1] and not fields[4] then
  if fields[5] then
    redis.call('HSET', KEYS[1], 'mk:run', ARGV[2])
  else
    redis.call('HSET', KEYS[1], 'mk:run', ARGV[2], 'mk:first', ARGV[3])
    fields[5] = ARGV[3]
  end
end
local reply = {1}
for i = 1, 6 do reply[i + 1] = fields[i] or '' end
return reply
