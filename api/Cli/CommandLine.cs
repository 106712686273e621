using Actors.Silo.Settings;

namespace Actors.Api.Cli;

/// <summary>What the program was asked to do.</summary>
internal enum Command
{
    Serve,
    Demo,
    TokenCreate,
    TokenList,
    TokenRevoke,
    Migrate,
    CheckStatus,
    Vapid,
    Help,
    Version,
}

/// <summary>The arguments, sorted: a command, its own options, and settings (<c>--Section:Name value</c>).</summary>
internal sealed record CommandLine(Command Command, IReadOnlyList<string> Operands, IReadOnlyDictionary<string, IReadOnlyList<string>> Options, string[] Settings)
{
    private static readonly Dictionary<string, (Command Command, string[] Options, int Operands)> Commands = new(StringComparer.Ordinal)
    {
        [""] = (Command.Serve, [], 0),
        ["demo"] = (Command.Demo, [], 0),
        ["token create"] = (Command.TokenCreate, ["name", "scope"], 0),
        ["token list"] = (Command.TokenList, [], 0),
        ["token revoke"] = (Command.TokenRevoke, [], 1),
        ["migrate"] = (Command.Migrate, ["to"], 0),
        ["check-status"] = (Command.CheckStatus, [], 0),
        ["vapid"] = (Command.Vapid, [], 0),
        ["help"] = (Command.Help, [], 0),
    };

    /// <summary>Whether the process will serve.</summary>
    public bool Serves => Command is Command.Serve or Command.Demo;

    /// <summary>Sorts the arguments, or says in one sentence what is wrong with them.</summary>
    public static CommandLine? Parse(IReadOnlyList<string> args, out string refusal)
    {
        refusal = "";
        var words = args.TakeWhile(arg => !arg.StartsWith('-')).ToList();
        var verb = words.Count > 0 && words[0] is "token" ? string.Join(' ', words.Take(2)) : words.FirstOrDefault() ?? "";
        if (!Commands.TryGetValue(verb, out var known))
        {
            refusal = $"There is no command '{verb}'.{SettingNames.Suggest(verb, verb is "token" ? [] : Commands.Keys.Append("token"))} The commands are: {string.Join(", ", Commands.Keys.Where(name => name.Length > 0))}; without one the server starts.";
            return null;
        }

        var operands = words.Skip(verb.Length == 0 ? 0 : verb.Split(' ').Length).ToList();
        if (operands.Count != known.Operands)
        {
            refusal = operands.Count > known.Operands
                ? $"'{operands[known.Operands]}' is not understood after '{verb}'."
                : $"'{verb}' needs the id of the token (see 'token list').";
            return null;
        }

        return ReadOptions(args.Skip(words.Count).ToList(), known.Command, known.Options, operands, ref refusal);
    }

    private static CommandLine? ReadOptions(List<string> rest, Command command, string[] own, List<string> operands, ref string refusal)
    {
        var options = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        var settings = new List<string>();
        for (var i = 0; i < rest.Count;)
        {
            var (name, value) = Split(rest[i++]);
            if (name is null)
            {
                refusal = $"'{rest[i - 1]}' is not understood: settings are given as --Section:Name value.";
                return null;
            }

            var isSwitch = name is "help" or "h" or "version" or "https";
            if (value is null && !isSwitch && i < rest.Count && !rest[i].StartsWith("--", StringComparison.Ordinal))
            {
                value = rest[i++];
            }

            switch (name)
            {
                case "help" or "h":
                    command = Command.Help;
                    break;
                case "version":
                    command = Command.Version;
                    break;
                case "https":
                    settings.Add($"--Https:Enabled={value ?? "true"}");
                    break;
                case var _ when value is null:
                    refusal = $"The argument --{name} has no value.";
                    return null;
                case var _ when own.Contains(name, StringComparer.OrdinalIgnoreCase):
                    var values = options.TryGetValue(name, out var list) ? list : options[name] = [];
                    values.Add(value);
                    // --scope takes all that follows: --scope tally.read tally.write
                    while (name is "scope" && i < rest.Count && !rest[i].StartsWith('-'))
                    {
                        values.Add(rest[i++]);
                    }

                    break;
                default:
                    settings.Add($"--{name}={value}");
                    break;
            }
        }

        return new CommandLine(command, operands, options.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value, StringComparer.OrdinalIgnoreCase), [.. settings]);
    }

    private static (string? Name, string? Value) Split(string arg)
    {
        var name = arg.StartsWith("--", StringComparison.Ordinal) ? arg[2..] : arg is "-h" ? "h" : "";
        var equals = name.IndexOf('=', StringComparison.Ordinal);
        return name.Length == 0 || equals == 0 ? (null, null) : equals < 0 ? (name, null) : (name[..equals], name[(equals + 1)..]);
    }
}
