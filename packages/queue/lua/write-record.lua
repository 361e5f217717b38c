--[[
Writes fields of a job's record, if the writer may.

KEYS[1]  job (hash)      KEYS[2]  its lock (string)
ARGV[1]  lock token
ARGV[2]  '1': also allowed while nobody holds the lock, for an outcome whose run outlived its lock; unless the job was
         erased meanwhile, which that run does not know
ARGV[3]  how many fields to delete, then their names, then fields and values to set

Returns 1 if written, 0 if somebody else holds the lock (or nobody, without ARGV[2] or of an erased job), -1 if the job is gone.
]]
local holder = redis.call('GET', KEYS[2])
if holder ~= ARGV[1] and (holder or ARGV[2] ~= '1' or redis.call('HEXISTS', KEYS[1], 'mk:erased') == 1) then return 0 end
local deletes = tonumber(ARGV[3])
-- A full Redis refuses a script's first write if it needs memory, but not those after another one: what a run
-- has done must be recorded. So there is always something to delete first, be it nothing.
local deleted = redis.call('HDEL', KEYS[1], 'mk:', unpack(ARGV, 4, 3 + deletes))
if deleted == 0 and redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
if #ARGV > 3 + deletes then redis.call('HSET', KEYS[1], unpack(ARGV, 4 + deletes)) end
return 1
