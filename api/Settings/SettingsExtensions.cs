using Actors.Api.Hosting;
using Actors.Silo.Settings;
using Microsoft.Extensions.Configuration.Json;

namespace Actors.Api.Settings;

/// <summary>Reads all settings before anything else is built.</summary>
internal static class SettingsExtensions
{
    private const string FileName = "appsettings.json";

    /// <summary>Registers the sections; the answer says what is wrong, and then nothing may start.</summary>
    public static IReadOnlyList<string> AddSettings(this WebApplicationBuilder builder)
    {
        AddFileBesideProgram(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        var refusals = KnownSettings.Catalog.Read(builder.Configuration, builder.Services);
        return refusals.Count > 0 ? refusals : builder.AddAddresses(builder.Services.Find<HttpsOptions>());
    }

    /// <summary>The folder that the program is started in has the file that counts; the one beside the program has the defaults of an installation.</summary>
    private static void AddFileBesideProgram(WebApplicationBuilder builder)
    {
        if (Path.GetFullPath(AppContext.BaseDirectory) != Path.GetFullPath(builder.Environment.ContentRootPath + Path.DirectorySeparatorChar))
        {
            var source = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, FileName), Optional = true, ReloadOnChange = false };
            source.ResolveFileProvider();
            builder.Configuration.Sources.Insert(0, source);
        }
    }
}
