using Actors.Silo.Settings;

namespace Actors.Silo.Cli;

/// <summary>What the program was asked to do.</summary>
internal enum SiloCommand
{
    Run,
    Status,
    Help,
    Version,
}

/// <summary>The arguments: a command and settings (<c>--Section:Name value</c>).</summary>
/// <param name="Command">What to do.</param>
/// <param name="Settings">What is left for the settings.</param>
/// <param name="Refusal">What is wrong with the arguments; null when nothing is.</param>
internal sealed record SiloCommandLine(SiloCommand Command, string[] Settings, string? Refusal)
{
    private static readonly Dictionary<string, SiloCommand> Commands = new(StringComparer.Ordinal)
    {
        ["status"] = SiloCommand.Status,
        ["help"] = SiloCommand.Help,
        ["--help"] = SiloCommand.Help,
        ["-h"] = SiloCommand.Help,
        ["--version"] = SiloCommand.Version,
    };

    public static SiloCommandLine Parse(string[] args)
    {
        var help = args.FirstOrDefault(arg => arg is "--help" or "-h" or "--version");
        if (help is not null)
        {
            return new SiloCommandLine(Commands[help], [], null);
        }

        if (args is [] || args[0].StartsWith("--", StringComparison.Ordinal))
        {
            return new SiloCommandLine(SiloCommand.Run, args, Misplaced(args));
        }

        return Commands.TryGetValue(args[0], out var command)
            ? new SiloCommandLine(command, args[1..], Misplaced(args[1..]))
            : new SiloCommandLine(SiloCommand.Help, [], $"There is no command '{args[0]}'.{SettingNames.Suggest(args[0], Commands.Keys)} The commands are: status, help; without one the silo runs.");
    }

    // Each argument is --name=value, or --name and a value after it.
    private static string? Misplaced(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || args[i].Length == 2)
            {
                return $"'{args[i]}' is not understood: settings are given as --Section:Name value.";
            }

            if (!args[i].Contains('=', StringComparison.Ordinal))
            {
                if (i + 1 == args.Length)
                {
                    return $"The argument {args[i]} has no value.";
                }

                i++;
            }
        }

        return null;
    }
}
