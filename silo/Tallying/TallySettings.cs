using Actors.Silo.Settings;
using Actors.Tallying;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Tallying;

/// <summary>The settings of tallying, checked by their names and types with all others.</summary>
public sealed class TallySettings : TallyingOptions, ISettings
{
    /// <inheritdoc/>
    static string ISettings.Section => Section;

    /// <summary>Has everything that asks for the options get these, which were judged with all other settings; the framework's binder throws at one without a value.</summary>
    public static void Use(IServiceCollection services)
    {
        services.RemoveAll<IConfigureOptions<TallyingOptions>>();
        services.AddSingleton<IOptions<TallyingOptions>>(provider => provider.GetRequiredService<IOptions<TallySettings>>());
    }
}
