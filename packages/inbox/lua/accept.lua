--[[
Keeps deliveries as events, each once.

The whole decision is one script, so that any number of ingest replicas agree. Every argument is checked
before the first write: Redis does not undo what a failing script has written. A delivery that is not as it must be is
refused alone, and not those that share its call.

KEYS[1]   the inbox (stream)
KEYS[2]   counts (hash)
KEYS[3…]  for each delivery: the idempotency key under which it is remembered (string), then further ones that may hold
          the same event (only for deliveries known by their bytes)

ARGV[1]  the window, ms: how long the keys are remembered, anew after each duplicate
ARGV[…]  for each delivery, six:
  1  how many of the keys are its
  2  receivedAt, ms since 1970
  3  how near in time two deliveries must be to be the same, ms; 0: at any distance
  4  hook name
  5  what else is known of the delivery, JSON
  6  raw body

A key's value is one of these; see remembered.ts, which reads them too:
- "<ms><seq, five digits>": the stream id of an event that is known by its event id and came once. A whole number,
  which takes Redis 16 bytes, where a text takes 64; nearly all keys are such.
- "<stream id> <receivedAt> <duplicates> <receivedAt of the last duplicate>": all others. The first receivedAt is 0
  where nothing asks for it, as nearness is 0.

Returns for each delivery, one after the other: 1, stream id for a new event; 0, stream id of the first copy for a
duplicate; -1, why for one that is refused.
]]
-- Up to 2^53 - 1: Lua counts no further exactly, and SET would refuse a longer window after XADD has written.
local function whole(number)
  return number ~= nil and number >= 0 and number <= 9007199254740991 and number == math.floor(number)
end

if #KEYS < 3 or #ARGV < 2 or #ARGV % 6 ~= 1 then
  return redis.error_reply('BADARG accept takes 3 keys or more, a window and 6 arguments a delivery')
end
local window = tonumber(ARGV[1])
if not whole(window) or window < 1 then return redis.error_reply('BADARG the window is no whole number over 0') end
-- What is no text counts as unknown, as text that is not accept's does: SET puts ours in its place.
local values = {}
for i, value in ipairs(redis.call('MGET', unpack(KEYS, 3))) do values[KEYS[i + 2]] = value end

local function findFault(one)
  if not whole(one.receivedAt) then return 'BADARG receivedAt is no whole number' end
  if not whole(one.near) then return 'BADARG nearness is no whole number' end
  if ARGV[one.at + 3] == '' then return 'BADARG the hook is empty' end
  if one.key == '' then return 'BADARG the idempotency key is empty' end
  if string.sub(ARGV[one.at + 4], 1, 1) ~= '{' then return 'BADARG what else is known is no JSON object' end
end

local deliveries, used = {}, 2
for at = 2, #ARGV, 6 do
  local count = tonumber(ARGV[at])
  if not whole(count) or count < 1 or used + count > #KEYS then return redis.error_reply('BADARG a delivery lacks its keys') end
  local one = {
    at = at, first = used + 1, last = used + count, key = string.match(KEYS[used + 1], '^.*:(.*)$'),
    receivedAt = tonumber(ARGV[at + 1]), near = tonumber(ARGV[at + 2]),
  }
  one.fault = findFault(one)
  deliveries[#deliveries + 1] = one
  used = used + count
end
if used ~= #KEYS then return redis.error_reply('BADARG there are keys of no delivery') end

-- The event's stream id, when it was received, and its duplicates so far; nothing if the value is none of ours.
local function read(value, near)
  local id, receivedAt, duplicates = string.match(value, '^(%S+) (%d+) (%d+)')
  if id or near > 0 then return id, receivedAt, duplicates end
  local ms, seq = string.match(value, '^(%d+)(%d%d%d%d%d)$')
  if ms then return ms .. '-' .. tonumber(seq), '0', '0' end
end

local function remember(key, value)
  values[key] = value
  redis.call('SET', key, value, 'PX', window)
end

local bytes, duplicates, replies = 0, 0, {}

local function findFirst(one)
  for i = one.first, one.last do
    local value = values[KEYS[i]]
    if value then
      local id, receivedAt, before = read(value, one.near)
      if id and (one.near == 0 or math.abs(one.receivedAt - tonumber(receivedAt)) <= one.near) then
        duplicates = duplicates + 1
        remember(KEYS[i], string.format('%s %s %d %.0f', id, receivedAt, before + 1, one.receivedAt))
        return id
      end
    end
  end
end

local function keep(one)
  local body = ARGV[one.at + 5]
  local id = redis.call('XADD', KEYS[1], '*', 'hook', ARGV[one.at + 3], 'key', one.key,
    'receivedAt', ARGV[one.at + 1], 'meta', ARGV[one.at + 4], 'body', body)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  remember(KEYS[one.first],
    one.near == 0 and (#seq <= 5 and string.format('%s%05d', ms, seq) or id .. ' 0 0 0')
      or string.format('%s %.0f 0 0', id, one.receivedAt))
  bytes = bytes + #body
  return id
end

for _, one in ipairs(deliveries) do
  local id = not one.fault and findFirst(one)
  replies[#replies + 1] = one.fault and -1 or id and 0 or 1
  replies[#replies + 1] = one.fault or id or keep(one)
end
if duplicates > 0 then redis.call('HINCRBY', KEYS[2], 'duplicates', duplicates) end
if bytes > 0 then redis.call('HINCRBY', KEYS[2], 'bytes', bytes) end
return replies
