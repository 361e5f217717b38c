--[[
Takes over one entry that its dispatcher has held too long: it crashed, or stands still.

One at a time, so that an entry which crashes dispatchers is found alone, and its companions go their way.

KEYS[1]  the inbox (stream)
KEYS[2]  subscriptions (hash)

ARGV[1]  consumer group      ARGV[2]  consumer      ARGV[3]  ms that the entry must have been held

Returns {} where there is none; else {entry, deliveries, subscriptions as field, value, …}. `deliveries` counts
this one too. An entry is {id, {field, value, …}}, or {id} if it is no longer in the stream.
]]
local subscriptions = redis.call('HGETALL', KEYS[2])
if #subscriptions == 0 then return {} end
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', 1)
if #pending == 0 then return {} end
local id, deliveries = pending[1][1], pending[1][4]
local claimed = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], id)
if #claimed == 0 or not claimed[1] then
  redis.call('XACK', KEYS[1], ARGV[1], id)
  return {{id}, deliveries + 1, subscriptions}
end
return {claimed[1], deliveries + 1, subscriptions}
