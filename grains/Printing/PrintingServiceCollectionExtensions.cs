using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Printing;

/// <summary>Registers what the grains of printing need in a silo.</summary>
public static class PrintingServiceCollectionExtensions
{
    /// <summary>Options (section "Print") and the sweep of old contents; storage and engine come from the host.</summary>
    public static IServiceCollection AddPrinting(this IServiceCollection services)
    {
        services.AddOptions<PrintingOptions>().BindConfiguration(PrintingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PrintingOptions>, PrintingOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<ContentSweep>();
        return services;
    }
}
