--[[
Removes letters that were discarded long ago, with all that was kept for them.

KEYS[1]  the discarded ones (sorted set, by when)
ARGV[1]  discarded before this, ms since 1970      ARGV[2]  how many at most
ARGV[3]  what stands before a job's id in its key; its keys lie in the slot of KEYS[1]

Returns how many were removed.
]]
if not tonumber(ARGV[1]) or not tonumber(ARGV[2]) then return redis.error_reply('BADARG no time or no number') end
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
for _, id in ipairs(ids) do
  local job = ARGV[3] .. id
  redis.call('ZREM', KEYS[1], id)
  -- UNLINK: a body of some MB is freed outside the main thread.
  if redis.call('HEXISTS', job, 'mk:discarded') == 1 then
    redis.call('UNLINK', job, job .. ':logs', job .. ':lock', job .. ':dependencies', job .. ':processed',
      job .. ':failed', job .. ':unsuccessful')
  end
end
return #ids
