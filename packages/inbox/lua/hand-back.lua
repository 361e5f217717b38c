--[[
Gives entries back undispatched, so that any dispatcher may take them at once and the delivery does not count
against them: the fault was Redis' or a shutdown's, not theirs.

They go to a consumer that nobody is. So the one that held them can be removed, and a second call (the reply
to the first was lost) finds nothing of its own and counts nothing down twice.

KEYS[1]  the inbox (stream)

ARGV[1]  consumer group      ARGV[2]  consumer      ARGV[3]  ms of holding to pretend      ARGV[4…]  entry ids

Returns how many were still this consumer's.
]]
local returned = 0
for i = 4, #ARGV do
  local mine = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])
  if #mine == 1 then
    redis.call('XCLAIM', KEYS[1], ARGV[1], 'handed-back', 0, ARGV[i],
      'IDLE', ARGV[3], 'RETRYCOUNT', math.max(mine[1][4] - 1, 0), 'JUSTID')
    returned = returned + 1
  end
end
return returned
