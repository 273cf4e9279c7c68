/**
 * What limit nodes have used, a hash a window (`<prefix>:limit:<window>`) and an index of windows by their end. Sums of money
 * are doubles; `%.17g` writes them as they are.
 *
 * ARGV: now, JSON of counts, channel, who tells. Every count is added, and a sum is raised to what the gateway knew, so that a
 * Redis that has lost everything learns it again. Whoever listens is told the sums.
 */
export const countLua = `
local prefix = KEYS[1]
local index = prefix .. ':limit-windows'
local told = {}
for _, one in ipairs(cjson.decode(ARGV[2])) do
  local key = prefix .. ':limit:' .. one.window
  local used = tonumber(redis.call('HGET', key, one.by) or '0') + one.amount
  if used < one.used then used = one.used end
  local text = string.format('%.17g', used)
  redis.call('HSET', key, one.by, text)
  -- By the gateways' clocks alone: Redis may have another.
  redis.call('PEXPIRE', key, string.format('%.0f', math.max(1000, one.keepUntil - ARGV[1])))
  redis.call('ZADD', index, one.keepUntil, one.window)
  told[#told + 1] = {one.window, one.by, text}
end
redis.call('ZREMRANGEBYSCORE', index, '-inf', ARGV[1])
redis.call('PUBLISH', ARGV[3], cjson.encode({from = ARGV[4], limits = told}))
return cjson.encode(told)
`;

/** ARGV: now. Answers all sums of windows that are not over, as JSON. */
export const readLimitsLua = `
local prefix = KEYS[1]
local told = {}
for _, window in ipairs(redis.call('ZRANGEBYSCORE', prefix .. ':limit-windows', ARGV[1], '+inf')) do
  local all = redis.call('HGETALL', prefix .. ':limit:' .. window)
  for i = 1, #all, 2 do told[#told + 1] = {window, all[i], all[i + 1]} end
end
if #told == 0 then return '[]' end
return cjson.encode(told)
`;
