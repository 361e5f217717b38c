--[[
Changes a run's state, if it is in one of those that may change so.

An ended run no longer stands in the way of the next one, and forgets whom or what somebody searched for. All else
that is known of it goes some time later; what it planned and never did is left until then too, since a worker may be
about to record what it did with some of that. Times are Redis' own: a worker's wrong clock must not make it go early.

KEYS[1]  the id of the run under way (string)      KEYS[2]  the run (hash)
KEYS[3…] its jobs: planned, then by state (sorted sets)
ARGV[1]  run id                    ARGV[2]  new state
ARGV[3]  why, or ''                ARGV[4]  '' or what becomes of the guard: 'passed', 'off'
ARGV[5]  '1' if the new state is an end      ARGV[6]  for how long an ended run is kept, ms
ARGV[7…] the states that may change so

Returns {1, new state}; {0, the state it is in} where that may not; {0, ''} if there is no such run.
]]
local state = redis.call('HGET', KEYS[2], 'state')
if not state then return {0, ''} end
local may = false
for i = 7, #ARGV do if ARGV[i] == state then may = true end end
if not may then return {0, state} end
-- A full Redis refuses a script's first write if it needs memory, but not those after another one: stopping a run
-- must be possible then.
redis.call('HDEL', KEYS[2], 'stateWhy')
redis.call('HSET', KEYS[2], 'state', ARGV[2], 'stateWhy', ARGV[3])
if ARGV[4] ~= '' then redis.call('HSET', KEYS[2], 'guard', ARGV[4]) end
if ARGV[5] == '1' then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local gone = string.format('%.0f', now + tonumber(ARGV[6]))
  redis.call('HDEL', KEYS[2], 'sought')
  redis.call('HSET', KEYS[2], 'endedAt', string.format('%.0f', now), 'expiresAt', gone)
  for i = 2, #KEYS do redis.call('PEXPIREAT', KEYS[i], gone) end
  if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
end
return {1, ARGV[2]}
