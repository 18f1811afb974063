use crate::export::print::{Agenda, AgendaSection, AgendaSlide};
use crate::talk::Talk;
use crate::timing::{self, Budget, Practice};

/// When each slide and section starts and what it takes: as planned, else as somebody of usual speed is estimated to.
pub(super) fn agenda(talk: &Talk) -> Agenda {
    // Whoever builds it, the paper is the same: it does not follow the speed of one speaker.
    let estimate = timing::estimate(talk, &Practice::default());
    let plans = timing::plan(talk, &estimate);
    let estimated = estimate.slides.iter().map(|slide| Some(slide.load.time())).chain(std::iter::repeat(None));
    let mut agenda = Agenda {
        budget: Budget::of(&talk.meta)
            .map(|budget| [budget.slot, budget.speaking(), budget.questions].map(|part| part.as_secs_f64())),
        estimate: estimate.total.time().as_secs_f64(),
        ..Agenda::default()
    };
    let mut start = 0.0;
    for (index, ((slide, plan), estimated)) in talk.shown_slides().zip(plans).zip(estimated).enumerate() {
        let time = plan.or(estimated).unwrap_or_default().as_secs_f64();
        if let Some(section) = slide.section.as_ref().filter(|_| !slide.backup) {
            let section = AgendaSection { first: index, name: section.name.clone(), start, time: 0.0 };
            agenda.sections.push(section);
        }
        if let Some(section) = agenda.sections.last_mut().filter(|_| !slide.backup) {
            section.time += time;
        }
        agenda.slides.push(AgendaSlide { start, time });
        start += time;
    }
    agenda
}
