--[[
Writes down who does what, before it is done.

A script, because a full Redis refuses a script's first write if it needs memory, but not those after another one:
what empties a full Redis (discard, erase, remove) has to be written down too.

KEYS[1]  the audit (stream)
ARGV[1]  about how many entries to keep      ARGV[2…]  field, value, …

Returns the entry's id.
]]
if #ARGV < 3 or #ARGV % 2 == 0 then return redis.error_reply('BADARG the audit takes a length, and fields with values') end
if not tonumber(ARGV[1]) then return redis.error_reply('BADARG the length is no number') end
redis.call('XDEL', KEYS[1], '0-1')
return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', unpack(ARGV, 2))
