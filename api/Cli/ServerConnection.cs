namespace Actors.Api.Cli;

/// <summary>A way to the server that runs on a data folder, with every right.</summary>
/// <param name="Client">Sends to it.</param>
/// <param name="PublicUrl">The address for links, without a slash at its end.</param>
internal sealed record ServerConnection(HttpClient Client, string PublicUrl) : IDisposable
{
    public void Dispose() => Client.Dispose();
}
