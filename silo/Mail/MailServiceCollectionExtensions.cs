using Actors.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Mail;

/// <summary>The mail queue and its sender.</summary>
public static class MailServiceCollectionExtensions
{
    /// <summary>Needs storage and <see cref="MailOptions"/>.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="sends">Whether this process sends what is queued; in a cluster the silos do.</param>
    public static IServiceCollection AddMail(this IServiceCollection services, bool sends = true)
    {
        services.AddSingleton<MailSignal>().AddSingleton<IMailQueue, MailQueue>();
        return sends ? services.AddHostedService<MailSender>() : services;
    }
}
