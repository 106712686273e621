namespace Actors.Api.Docs;

/// <summary>Endpoint metadata: what a route that reads and writes its JSON itself is sent and answers, for the document.</summary>
/// <param name="Body">A body, or null when it takes none.</param>
/// <param name="Answer">An answer, or null when it is no JSON.</param>
internal sealed record WireExample(string? Body, string? Answer);

internal static class WireExampleExtensions
{
    public static TBuilder WithExample<TBuilder>(this TBuilder builder, string? body = null, string? answer = null)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new WireExample(body, answer));
}
