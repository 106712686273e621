using Actors.Silo.Cli;
using Actors.Silo.Settings;
using Actors.Silo.Storage.Migration;

namespace Actors.Api.Cli;

/// <summary><c>migrate --to</c>: copies the embedded database of the data folder into an empty PostgreSQL database.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(CommandLine line, DataOptions data, CancellationToken cancellationToken)
    {
        if (line.Options.GetValueOrDefault("to") is not [var target])
        {
            return Exit.With(Exit.Refused, "Where to? migrate --to \"Host=…;Database=…;Username=…;Password=…\"");
        }

        await PostgresMigration.RunAsync(data.FullPath, target, Console.WriteLine, cancellationToken);
        Console.WriteLine("All is there. Start the processes with ConnectionStrings:Actors; keep the folder until you are content.");
        return Exit.Done;
    }
}
