--[[
Runs planned dead letters again and records that, both or neither: whatever dies in between, and however many
workers hold the run, no letter is replayed twice by it.

This is what prepare-replay.lua and BullMQ's reprocessJob (6.7.0) do, in one script; a test compares both. All keys
are of one processor, so of one slot.

KEYS[1]  the run (hash)
KEYS[2]  its planned jobs, by when they died    KEYS[3]  its running jobs    KEYS[4]  its skipped ones (sorted sets)
KEYS[5]  BullMQ's failed set (sorted set)       KEYS[6]  wait (list)         KEYS[7]  meta (hash)
KEYS[8]  active (list)                          KEYS[9]  marker (sorted set) KEYS[10] events (stream)
KEYS[11…] the jobs (hashes)
ARGV[1]  now, ms since 1970      ARGV[2…] the jobs' ids, in the same order

A letter that is no longer dead, or died again since it was planned, is skipped. A run that does not run (any more)
does nothing. Returns the ids that were replayed.
]]
local replayed = {}
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return replayed end
local meta = redis.call('HMGET', KEYS[7], 'paused', 'concurrency', 'opts.maxLenEvents')
for i = 2, #ARGV do
  local id, job = ARGV[i], KEYS[9 + i]
  local planned = redis.call('ZSCORE', KEYS[2], id)
  if planned then
    redis.call('ZREM', KEYS[2], id)
    local died = redis.call('ZSCORE', KEYS[5], id)
    if died and tonumber(died) <= tonumber(planned) and redis.call('EXISTS', job) == 1 then
      redis.call('ZREM', KEYS[5], id)
      local outcome = redis.call('HGET', job, 'mk:outcome')
      -- One that says the job took effect stays: the next run finds it and does nothing twice.
      if outcome and cjson.decode(outcome).type == 'dead' then redis.call('HDEL', job, 'mk:outcome') end
      redis.call('HDEL', job, 'mk:crashes', 'mk:first', 'mk:run', 'finishedOn', 'processedOn', 'failedReason', 'atm', 'ats')
      redis.call('HINCRBY', job, 'mk:replays', 1)
      redis.call('LPUSH', KEYS[6], id)
      redis.call('XADD', KEYS[10], 'MAXLEN', '~', meta[3] or 100, '*', 'event', 'waiting', 'jobId', id, 'prev', 'failed')
      redis.call('ZADD', KEYS[3], ARGV[1], id)
      replayed[#replayed + 1] = id
    else
      redis.call('ZADD', KEYS[4], ARGV[1], id)
    end
  end
end
local held = meta[1] or (meta[2] and redis.call('LLEN', KEYS[8]) >= tonumber(meta[2]))
if #replayed > 0 and not held then redis.call('ZADD', KEYS[9], 0, '0') end
return replayed
