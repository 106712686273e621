using System.Net.Http.Headers;
using Actors.Api.Auth;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Actors.Api.Tests.Support;

/// <summary>The api in this process, on a data folder of its own; any public type of it names its assembly (both hosts have a Program).</summary>
public class ApiFactory : WebApplicationFactory<NewToken>
{
    public const string AdminToken = "act_test-admin-token-for-loopback-only";

    /// <summary>The data folder.</summary>
    public string DataPath { get; } = Directory.CreateTempSubdirectory("actors-api-").FullName;

    /// <summary>Settings beside those that every test needs.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A client that sends a token, the admin's unless told otherwise.</summary>
    public HttpClient CreateClientWith(string token = AdminToken)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Data:Path", DataPath);
        builder.UseSetting("Admin:Token", AdminToken);
        builder.UseEnvironment("Production");
        // the test server knows no body limits, and says so at each request
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore.Routing", "Error");
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        try
        {
            Directory.Delete(DataPath, recursive: true);
        }
        catch (IOException)
        {
            // the program's own thread still closes its files
        }

        GC.SuppressFinalize(this);
    }
}
