--[[
Counts entries after one, for as long as Redis itself cannot tell how far the group is behind: once an entry in the
middle was deleted.

Redis hands a script whole entries, bodies of up to some MB included: so the call also ends after some bytes.

KEYS[1]  the inbox (stream)
ARGV[1]  stream id      ARGV[2]  most entries to look at in this call      ARGV[3]  most bytes of bodies

Returns {how many, the last one's stream id, 1 if there may be more}; the id is ARGV[1] where there is none.
]]
local counted, bytes, last = 0, 0, ARGV[1]
while counted < tonumber(ARGV[2]) and bytes < tonumber(ARGV[3]) do
  local entry = redis.call('XRANGE', KEYS[1], '(' .. last, '+', 'COUNT', 1)[1]
  if not entry then return {counted, last, 0} end
  counted, bytes, last = counted + 1, bytes + #entry[2][#entry[2]], entry[1]
end
return {counted, last, 1}
