--[[
Looks what became of jobs that a run replayed or added, and records it.

KEYS[1]  the run (hash)                     KEYS[2…10]  its jobs: planned, then by state (sorted sets): running,
                                            failing, handled, ignored, dead, …
KEYS[11] BullMQ's failed set                KEYS[12] completed      KEYS[13] delayed (sorted sets)
KEYS[14…] the jobs (hashes)
ARGV[1]  now, ms since 1970                 ARGV[2…] the jobs' ids, in the same order

| the job | its state |
|---|---|
| has recorded an end | handled, ignored or dead, as that says |
| is in the failed set, or was discarded from it | dead |
| is completed, or gone: only those that ended well go by themselves, after a day | handled |
| is delayed (also where its handler asked for that), or has spent an attempt | failing |

Returns how many changed.
]]
local RUNNING, FAILING, HANDLED, IGNORED, DEAD = 3, 4, 5, 6, 7
local ends = {handled = HANDLED, ignored = IGNORED, dead = DEAD}
local expires = redis.call('HGET', KEYS[1], 'expiresAt')
local changed = 0
for i = 2, #ARGV do
  local id, job = ARGV[i], KEYS[12 + i]
  local fields = redis.call('HMGET', job, 'timestamp', 'mk:outcome', 'atm', 'mk:discarded')
  local to = RUNNING
  if not fields[1] then to = HANDLED
  elseif fields[2] then to = ends[cjson.decode(fields[2]).type] or HANDLED
  elseif fields[4] or redis.call('ZSCORE', KEYS[11], id) then to = DEAD
  elseif redis.call('ZSCORE', KEYS[12], id) then to = HANDLED
  elseif tonumber(fields[3] or 0) > 0 or redis.call('ZSCORE', KEYS[13], id) then to = FAILING
  end
  for from = RUNNING, FAILING do
    if from ~= to and redis.call('ZREM', KEYS[from], id) == 1 then
      redis.call('ZADD', KEYS[to], ARGV[1], id)
      if expires then redis.call('PEXPIREAT', KEYS[to], expires) end
      changed = changed + 1
    end
  end
end
return changed
