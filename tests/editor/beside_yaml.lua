-- Ask our server and yaml-language-server about the same places of the same buffer, and write what
-- each of them answers to `results.json`. TIMELINE_TEST has the places, and how the other is started.

local PATIENCE = 60000
local asked = vim.fn.json_decode(os.getenv("TIMELINE_TEST"))
local results = { diagnostics = {}, places = {} }

local function session()
  local settings = { yaml = { validate = true, hover = true, completion = true } }
  local other = vim.lsp.start_client({
    name = "yaml", cmd = asked.command, settings = settings, root_dir = vim.fn.getcwd(),
  })
  vim.lsp.buf_attach_client(0, other)
  local function sources()
    local seen = {}
    for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
      seen[diagnostic.source == "timeline" and "timeline" or "yaml"] = true
    end
    return seen
  end
  local arrived = vim.wait(PATIENCE, function()
    local seen = sources()
    return seen.timeline and seen.yaml
  end, 50)
  if not arrived then
    error("waited in vain: " .. vim.inspect(vim.diagnostic.get(0)))
  end
  vim.wait(1000, function() return false end)
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    table.insert(results.diagnostics, {
      diagnostic.source == "timeline" and "timeline" or "yaml",
      diagnostic.lnum + 1,
      diagnostic.message,
    })
  end
  local uri = vim.uri_from_bufnr(0)
  local names = {}
  for id, client in pairs(vim.lsp.buf_get_clients(0)) do
    names[id] = client.name
  end
  for _, place in ipairs(asked.places) do
    local position = { line = place[1], character = place[2] }
    local document = { uri = uri }
    local at = { textDocument = document, position = position }
    local requests = { hover = at, completion = at, definition = at }
    requests.codeAction = {
      textDocument = document,
      range = { start = position, ["end"] = position },
      context = { diagnostics = {} },
    }
    local answers = {}
    for method, params in pairs(requests) do
      local by_client = vim.lsp.buf_request_sync(0, "textDocument/" .. method, params, PATIENCE)
      for id, answer in pairs(by_client or {}) do
        if answer.result and answer.result ~= vim.NIL then
          answers[method .. " " .. names[id]] = answer.result
        end
      end
    end
    table.insert(results.places, answers)
  end
end

local is_done, problem = pcall(session)
if not is_done then
  results.problem = problem
end
local file = io.open("results.json", "w")
file:write(vim.fn.json_encode(results))
file:close()
vim.cmd("qall!")
