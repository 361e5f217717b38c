--[[
Forgets what people said of groups that have been gone for long.

KEYS[1]  resolved   KEYS[2]  muted   KEYS[3]  gone: group -> since when it is (hashes of what was said, and of when)
KEYS[4]  groups that have letters (hash)
ARGV[1]  for how long it is kept, ms      ARGV[2…] groups of which something was said

Times are Redis' own. Returns how many were forgotten.
]]
local keep = tonumber(ARGV[1])
if not keep then return redis.error_reply('BADARG no length of time') end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local forgotten = 0
for i = 2, #ARGV do
  local group = ARGV[i]
  local since = redis.call('HGET', KEYS[3], group)
  if redis.call('HEXISTS', KEYS[4], group) == 1 then
    redis.call('HDEL', KEYS[3], group)
  elseif not since then
    redis.call('HSET', KEYS[3], group, string.format('%.0f', now))
  elseif tonumber(since) < now - keep then
    for k = 1, 3 do redis.call('HDEL', KEYS[k], group) end
    forgotten = forgotten + 1
  end
end
return forgotten
