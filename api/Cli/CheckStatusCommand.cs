using System.Globalization;
using Actors.Silo.Cli;
using Actors.Silo.Meetings;

namespace Actors.Api.Cli;

/// <summary>Tries the BigBlueButton servers of the settings; no server of ours needs to run.</summary>
internal static class CheckStatusCommand
{
    public static async Task<int> RunAsync(Func<WebApplication> build, CancellationToken cancellationToken)
    {
        await using var app = build();
        var results = await app.Services.GetRequiredService<BbbCheck>().RunAsync(cancellationToken);
        if (results.IsEmpty)
        {
            return Exit.With(Exit.Failed, "The settings name no BigBlueButton server (Bbb:Servers:{name}:Url and :Secret).");
        }

        foreach (var result in results)
        {
            Console.WriteLine(Describe(result));
        }

        return results.All(result => result.Problem is null) ? Exit.Done : Exit.Failed;
    }

    private static string Describe(BbbCheckResult result)
    {
        if (result.Problem is not null)
        {
            return $"{result.Name}  BAD  {result.Url}\n  {result.Problem}\n  {result.Remedy}";
        }

        var version = result.Version is null ? "" : $", BigBlueButton {result.Version}";
        var secret = result.Secret is BbbSecret.Previous ? ", still knows the previous secret" : "";
        var drained = result.Weight == 0 ? ", drained" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{result.Name}  good  {result.Url}\n  answers in {result.Latency!.Value.TotalMilliseconds:0} ms{version}{secret}{drained}; {result.Meetings} conferences, {result.Participants} people");
    }
}
