--[[
Removes what a job says, and leaves that it was: its id, state, times, attempts, the names of its steps.

Not while it runs: a run has read the body already, and would write down its error afterwards.

KEYS[1]  job (hash)      KEYS[2]  the active jobs (list)      KEYS[3]  its logs (list)
ARGV[1]  job id          ARGV[2]  the data that remains, JSON

Gone: the body (the caller leaves it out of ARGV[2]), results of steps, messages and stacks of errors, what a
handler said of its end. mk:erased keeps a run that outlived its lock from bringing some of it back. An error's name and code stay if they look like ones.

Returns 1 if it is done, 0 if the job runs now, -1 if there is no such job.
]]
if string.sub(ARGV[2], 1, 1) ~= '{' then return redis.error_reply('BADARG the data is no JSON object') end
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
if redis.call('LPOS', KEYS[2], ARGV[1]) then return 0 end

local function word(text) return type(text) == 'string' and #text <= 64 and string.match(text, '^[%w_.-]+$') end
local function bare(error)
  if type(error) ~= 'table' then return nil end
  return {name = word(error.name) and error.name or 'Erased', message = 'erased', code = word(error.code) and error.code or nil}
end
local function decode(text)
  local ok, value = pcall(cjson.decode, text)
  return ok and type(value) == 'table' and value or nil
end
local function bareEnd(text)
  local value = decode(text) or {}
  if value.type == 'dead' then return cjson.encode({type = 'dead', error = bare(value.error) or bare({})}) end
  if value.type == 'ignored' then return '{"type":"ignored","reason":"erased"}' end
  return '{"type":"handled"}'
end
-- Times are written as whole numbers: Redis' cjson keeps 14 digits.
local function bareHistory(text)
  local runs = decode(text) or {}
  if #runs == 0 then return '[]' end
  for _, run in ipairs(runs) do run.error = bare(run.error) end
  return cjson.encode(runs)
end

local changes = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if field == 'failedReason' then changes[field] = 'erased'
  elseif field == 'stacktrace' then changes[field] = '[]'
  elseif string.sub(field, 1, 8) == 'mk:step:' then changes[field] = '{}'
  elseif field == 'returnvalue' or field == 'mk:outcome' then
    changes[field] = bareEnd(redis.call('HGET', KEYS[1], field))
  elseif field == 'mk:history' then changes[field] = bareHistory(redis.call('HGET', KEYS[1], field))
  end
end
-- First what needs no memory: a full Redis refuses a script's first write only.
redis.call('HDEL', KEYS[1], 'data')
redis.call('HSET', KEYS[1], 'data', ARGV[2], 'mk:erased', '1')
for field, value in pairs(changes) do redis.call('HSET', KEYS[1], field, value) end
redis.call('UNLINK', KEYS[3])
return 1
