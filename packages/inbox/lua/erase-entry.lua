--[[
Removes an entry of the inbox whose content is to be forgotten, if it is dispatched.

Redis cannot change an entry, so it goes. Its id and its idempotency key stay: a resend is still a duplicate.
One that no dispatcher has read, or that one holds, stays: its jobs are not all there yet.

KEYS[1]  the inbox (stream)   KEYS[2]  counts (hash)   KEYS[3]  erased events (sorted set, by when)
ARGV[1]  consumer group       ARGV[2]  stream id       ARGV[3]  event id
ARGV[4]  now, ms since 1970   ARGV[5]  ids erased before this are forgotten, ms since 1970

Returns 1 if it was removed, 0 if it is not dispatched yet, -1 if it is not there.
]]
local function parse(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

local ms, seq = parse(ARGV[2])
if not ms then return redis.error_reply('BADARG no stream id') end
if not tonumber(ARGV[4]) or not tonumber(ARGV[5]) then return redis.error_reply('BADARG no time') end
local entry = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])[1]
if not entry then return -1 end
local delivered
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local info = {}
  for i = 1, #group, 2 do info[group[i]] = group[i + 1] end
  if info['name'] == ARGV[1] then delivered = info['last-delivered-id'] end
end
if not delivered then return 0 end
local dms, dseq = parse(delivered)
if dms < ms or (dms == ms and dseq < seq) then return 0 end
if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) > 0 then return 0 end

-- First what needs no memory: a full Redis refuses a script's first write only.
redis.call('XDEL', KEYS[1], ARGV[2])
-- Not `-bytes`: of an empty body that is -0, which HINCRBY refuses.
redis.call('HINCRBY', KEYS[2], 'bytes', 0 - #entry[2][#entry[2]])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', '(' .. ARGV[5])
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[3])
return 1
