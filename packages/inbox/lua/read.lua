--[[
Reads new entries for one dispatcher, and after them the subscriptions.

Both in one script, so that the subscriptions are never older than the entries. Entries are read one by one,
so that a batch ends at a number of bytes: bodies go from 0.5 KB to some MB.

KEYS[1]  the inbox (stream)
KEYS[2]  subscriptions (hash)
KEYS[3]  counts (hash)

ARGV[1]  consumer group      ARGV[2]  consumer
ARGV[3]  most entries        ARGV[4]  most bytes (the entry that passes it is the last)

How many were ever read is counted here. Redis' own count (`entries-read`, and with it `lag`) falls behind with each
restart, as its append-only file does not repeat it (measured with Redis 7.0.15).

Returns {entries, subscriptions as field, value, …}; an entry is {id, {field, value, …}}.
Without any subscription nothing is read: what comes before the first one is not to be passed over.
]]
local subscriptions = redis.call('HGETALL', KEYS[2])
if #subscriptions == 0 then return {{}, {}} end

local entries, bytes = {}, 0
while #entries < tonumber(ARGV[3]) and bytes < tonumber(ARGV[4]) do
  local reply = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', 1, 'STREAMS', KEYS[1], '>')
  if not reply then break end
  local entry = reply[1][2][1]
  entries[#entries + 1] = entry
  bytes = bytes + #entry[2][#entry[2]]
end
if #entries > 0 then redis.call('HINCRBY', KEYS[3], 'read', #entries) end
return {entries, subscriptions}
