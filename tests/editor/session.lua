-- Type, look and act in Neovim as an author does, and write what is seen to `results.json`.
-- The events file is open, with the configuration of docs/editors.md.

local PATIENCE = 60000
local results = {}

local function wait(what, condition)
  if not vim.wait(PATIENCE, condition, 20) then
    error("waited in vain: " .. what .. "\n" .. vim.inspect(vim.diagnostic.get(0)))
  end
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

local function find(text)
  for number, line in ipairs(lines()) do
    local column = line:find(text, 1, true)
    if column then
      return number, column
    end
  end
  error("not in the buffer: " .. text)
end

local function go(text, offset)
  local number, column = find(text)
  vim.api.nvim_win_set_cursor(0, { number, column - 1 + (offset or 0) })
end

local function first_answer(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, PATIENCE)
  for _, answer in pairs(answers or {}) do
    if answer.result then
      return answer.result
    end
  end
end

local function session()
  wait("a client", function()
    return #vim.lsp.buf_get_clients(0) > 0 and vim.lsp.buf_get_clients(0)[1].initialized
  end)

  go("start: 2025-01-03")
  vim.cmd([[execute "normal! 0C    start: 3 January 2025\<Esc>"]])
  wait("a diagnostic", function()
    return #vim.diagnostic.get(0) > 0
  end)
  local diagnostic = vim.diagnostic.get(0)[1]
  results.code = diagnostic.code
  results.message = diagnostic.message

  vim.ui.select = function(items, _, choose)
    choose(items[1], 1)
  end
  vim.lsp.buf.code_action()
  wait("the action", function()
    return vim.api.nvim_get_current_line() == "    start: 2025-01-03"
  end)
  wait("no diagnostic", function()
    return #vim.diagnostic.get(0) == 0
  end)
  results.after_action = lines()

  go("dakar-2025.end - 2 days~", 15)
  local position = vim.lsp.util.make_position_params()
  results.hover = first_answer("textDocument/hover", position).contents.value

  go("dakar-2025.end - 2 days~", 3)
  vim.lsp.buf.definition()
  wait("the definition", function()
    return vim.api.nvim_get_current_line() == "  - id: dakar-2025"
  end)
  results.definition = vim.api.nvim_win_get_cursor(0)

  go("dakar-2025.end - 2 days~", 3)
  vim.lsp.buf.rename("rally-2025")
  wait("the new id", function()
    return pcall(find, "rally-2025.end - 2 days~") and pcall(find, "renamed-from")
  end)
  wait("no diagnostic", function()
    return #vim.diagnostic.get(0) == 0
  end)
  vim.cmd("silent write")
end

local is_done, problem = pcall(session)
if not is_done then
  results.problem = problem
end
local file = io.open("results.json", "w")
file:write(vim.fn.json_encode(results))
file:close()
vim.cmd("qall!")
