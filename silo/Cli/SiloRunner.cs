using Actors.Silo.Hosting.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Silo.Cli;

/// <summary>Runs the silo, or asks about the others; what fails at the start is said in one sentence.</summary>
internal static class SiloRunner
{
    public static async Task<int> RunAsync(SiloCommandLine line, HostApplicationBuilder builder)
    {
        try
        {
            using var host = builder.Build();
            if (line.Command is SiloCommand.Status)
            {
                Console.Write(StatusCommand.Text(await host.Services.GetRequiredService<IClusterOverview>().ReadAsync(CancellationToken.None)));
                return Exit.Done;
            }

            await host.RunAsync();
            return Exit.Done;
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            return Exit.With(Exit.Failed, failure.Message.ReplaceLineEndings(" ").Trim());
        }
    }
}
