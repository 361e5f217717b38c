--[[
Deletes a consumer that holds nothing. XGROUP DELCONSUMER alone would lose the entries that it holds.

KEYS[1]  the inbox (stream)
ARGV[1]  consumer group      ARGV[2]  consumer

Returns 1 if it was deleted, 0 if it holds entries.
]]
if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) > 0 then return 0 end
redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
return 1
