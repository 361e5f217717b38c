--[[
Counts entries after one, for as long as Redis itself cannot tell how far the group is behind: once entries in the
middle were deleted.

KEYS[1]  the inbox (stream)
ARGV[1]  stream id      ARGV[2]  most entries to look at in this call, so that Redis is not held up

Returns {how many, the last one's stream id}; the id is ARGV[1] where there is none.
]]
local counted, last, budget = 0, ARGV[1], tonumber(ARGV[2])
while counted < budget do
  local entries = redis.call('XRANGE', KEYS[1], '(' .. last, '+', 'COUNT', math.min(20, budget - counted))
  if #entries == 0 then break end
  counted, last = counted + #entries, entries[#entries][1]
end
return {counted, last}
