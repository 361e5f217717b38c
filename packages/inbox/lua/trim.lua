--[[
Removes old entries from the inbox, but never one that is not dispatched yet.

What is dispatched ends before the smallest pending entry and at the last delivered one. XADD MAXLEN and
XTRIM MINID <last delivered> know nothing of pending entries and would lose them.

KEYS[1]  the inbox (stream)
KEYS[2]  counts (hash)

ARGV[1]  consumer group
ARGV[2]  most age, ms (by Redis' clock, which made the ids)
ARGV[3]  most bytes of bodies in the whole inbox
ARGV[4]  most entries to look at in this call, so that Redis is not held up

Returns {entries removed, 1 if there may be more to remove}.
]]
local function parse(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end
local function before(a, b)
  local ams, aseq = parse(a)
  local bms, bseq = parse(b)
  return ams < bms or (ams == bms and aseq < bseq)
end

if redis.call('EXISTS', KEYS[1]) == 0 then return {0, 0} end
local delivered
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local info = {}
  for i = 1, #group, 2 do info[group[i]] = group[i + 1] end
  if info['name'] == ARGV[1] then delivered = info['last-delivered-id'] end
end
if not delivered then return {0, 0} end
local pending = redis.call('XPENDING', KEYS[1], ARGV[1])
local firstPending = pending[1] > 0 and pending[2] or nil

local time = redis.call('TIME')
local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[2])
local held = tonumber(redis.call('HGET', KEYS[2], 'bytes') or '0')
local maxBytes, budget = tonumber(ARGV[3]), tonumber(ARGV[4])

local removed, freed, last, more = 0, 0, nil, 0
while true do
  local entry = redis.call('XRANGE', KEYS[1], last and '(' .. last or '-', '+', 'COUNT', 1)[1]
  if not entry then break end
  local id = entry[1]
  if before(delivered, id) or (firstPending and not before(id, firstPending)) then break end
  if parse(id) >= oldest and held - freed <= maxBytes then break end
  if removed == budget then more = 1 break end
  removed, freed, last = removed + 1, freed + #entry[2][#entry[2]], id
end
if last then
  local ms, seq = parse(last)
  redis.call('XTRIM', KEYS[1], 'MINID', '=', string.format('%.0f-%.0f', ms, seq + 1))
  -- Not `-freed`: of empty bodies that is -0, which HINCRBY refuses.
  redis.call('HINCRBY', KEYS[2], 'bytes', 0 - freed)
end
return {removed, more}
