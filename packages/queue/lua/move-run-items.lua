--[[
Records what a run did with jobs, or what became of them: moves each from one set to another.

KEYS[1]  the run (hash)      KEYS[2…10]  its jobs: planned, then by state (sorted sets)
ARGV[1]  now, ms since 1970
ARGV[2…] job id, number of the set it is in, number of the set it goes to (from 1: KEYS[2]), …

A job that is no longer in the first set stays where it is: somebody else has moved it. Returns how many moved.
]]
local expires = redis.call('HGET', KEYS[1], 'expiresAt')
local moved = 0
for i = 2, #ARGV, 3 do
  local to = KEYS[1 + tonumber(ARGV[i + 2])]
  if redis.call('ZREM', KEYS[1 + tonumber(ARGV[i + 1])], ARGV[i]) == 1 then
    redis.call('ZADD', to, ARGV[1], ARGV[i])
    -- The run has ended: a set that comes to be now must go with the others.
    if expires then redis.call('PEXPIREAT', to, expires) end
    moved = moved + 1
  end
end
return moved
