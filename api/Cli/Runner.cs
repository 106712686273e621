using Actors.Api.Demo;
using Actors.Api.Hosting;
using Actors.Api.Settings;

namespace Actors.Api.Cli;

/// <summary>Runs the command that was asked for; what fails at the start is said in one sentence.</summary>
internal static class Runner
{
    public static async Task<int> RunAsync(CommandLine line, WebApplicationBuilder builder, Action<WebApplication> pipeline)
    {
        var data = builder.Services.Find<DataOptions>();
        try
        {
            data.Prepare();
            if (line.Command is Command.TokenCreate or Command.TokenList or Command.TokenRevoke)
            {
                return await TokenCommands.RunAsync(line, builder.Build, CancellationToken.None);
            }

            if (line.Command is Command.Demo && await RunningServer.FindAsync(data, CancellationToken.None) is { } running)
            {
                using (running)
                {
                    await DemoCommand.RunAsync(running, data, TimeProvider.System, CancellationToken.None);
                    return Exit.Done;
                }
            }

            await using var app = builder.Build();
            pipeline(app);
            await app.StartAsync();
            if (line.Command is Command.Demo)
            {
                using var own = await RunningServer.FindAsync(data, CancellationToken.None) ?? throw new InvalidOperationException("the server that was just started does not answer");
                await DemoCommand.RunAsync(own, data, TimeProvider.System, CancellationToken.None);
            }

            await app.WaitForShutdownAsync();
            return Exit.Done;
        }
        catch (Exception failure) when (failure is not HostAbortedException)
        {
            return Exit.With(Exit.Failed, StartFailure.Explain(failure));
        }
    }
}
