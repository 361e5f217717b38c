--[[
Keeps a delivery as an event, once.

The whole decision is one script, so that any number of ingest replicas agree. Every argument is checked
before the first write: Redis does not undo what a failing script has written.

KEYS[1]   the inbox (stream)
KEYS[2]   counts (hash)
KEYS[3]   the idempotency key under which this delivery is remembered (string)
KEYS[4…]  further idempotency keys that may hold the same event (only for deliveries known by their bytes)

ARGV[1]  receivedAt, ms since 1970
ARGV[2]  the window, ms: how long the key is remembered, anew after each duplicate
ARGV[3]  how near in time two deliveries must be to be the same, ms; 0: at any distance
ARGV[4]  hook name
ARGV[5]  idempotency key, as the entry's field
ARGV[6]  what else is known of the delivery, JSON
ARGV[7]  raw body

A key's value: "<stream id> <receivedAt> <duplicates> <receivedAt of the last duplicate>"

Returns {1, stream id} for a new event, {0, stream id of the first copy} for a duplicate.
]]
local receivedAt, window, near = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
-- Up to 2^53 - 1: Lua counts no further exactly, and SET would refuse a longer window after XADD has written.
local function whole(number)
  return number ~= nil and number >= 0 and number <= 9007199254740991 and number == math.floor(number)
end

if #KEYS < 3 or #ARGV ~= 7 then return redis.error_reply('BADARG accept takes 3 keys or more and 7 arguments') end
if not whole(receivedAt) then return redis.error_reply('BADARG receivedAt is no whole number') end
if not whole(window) or window < 1 then return redis.error_reply('BADARG the window is no whole number over 0') end
if not whole(near) then return redis.error_reply('BADARG nearness is no whole number') end
if ARGV[4] == '' or ARGV[5] == '' then return redis.error_reply('BADARG hook or key is empty') end
if string.sub(ARGV[6], 1, 1) ~= '{' then return redis.error_reply('BADARG what else is known is no JSON object') end

for i = 3, #KEYS do
  local value = redis.call('GET', KEYS[i])
  if value then
    local id, first, duplicates = string.match(value, '^(%S+) (%d+) (%d+)')
    if id and (near == 0 or math.abs(receivedAt - tonumber(first)) <= near) then
      redis.call('SET', KEYS[i], string.format('%s %s %d %.0f', id, first, duplicates + 1, receivedAt), 'PX', window)
      redis.call('HINCRBY', KEYS[2], 'duplicates', 1)
      return {0, id}
    end
  end
end

local id = redis.call('XADD', KEYS[1], '*',
  'hook', ARGV[4], 'key', ARGV[5], 'receivedAt', ARGV[1], 'meta', ARGV[6], 'body', ARGV[7])
redis.call('SET', KEYS[3], string.format('%s %.0f 0 0', id, receivedAt), 'PX', window)
redis.call('HINCRBY', KEYS[2], 'accepted', 1)
redis.call('HINCRBY', KEYS[2], 'bytes', #ARGV[7])
return {1, id}
