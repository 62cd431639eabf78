import { button, el } from './elements.ts';
import { Refused, Unreachable } from './request.ts';
import type { Session } from './session.ts';

interface Step {
  readonly label: string;
  readonly input: HTMLInputElement;
  readonly hint: string;
  readonly action: string;
  readonly submit: (value: string) => Promise<void>;
}

const said = (error: unknown): string =>
  error instanceof Refused || error instanceof Unreachable
    ? error.message
    : 'Something went wrong on this page.';

const formOf = ({ label, input, hint, action, submit }: Step, ...more: Node[]): HTMLFormElement => {
  const alert = el('p', { role: 'alert', class: 'alert' });
  const send = el('button', { type: 'submit', class: 'primary' }, action);
  const form = el(
    'form',
    {},
    el('label', {}, label, input),
    el('p', { class: 'hint', id: 'hint' }, hint),
    ...[alert, el('div', { class: 'actions' }, send, ...more)],
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    alert.textContent = '';
    send.disabled = true;
    submit(input.value.trim())
      .catch((error: unknown) => {
        alert.textContent = said(error);
        input.select();
      })
      .finally(() => (send.disabled = false));
  });
  return form;
};

const emailInput = (): HTMLInputElement =>
  el('input', {
    ...{ type: 'email', name: 'email', required: true, autocomplete: 'email' },
    'aria-describedby': 'hint',
  });

const codeInput = (): HTMLInputElement =>
  el('input', {
    ...{ type: 'text', name: 'code', required: true, autocomplete: 'one-time-code' },
    ...{ inputmode: 'numeric', pattern: '[0-9]{3} ?[0-9]{3}', title: 'Six digits' },
    'aria-describedby': 'hint',
  });

/** Two steps: an address, and the code that was sent there. */
export const createSignIn = (
  session: Session,
  note: string,
  onSignedIn: () => void,
): { readonly element: HTMLElement; focus(): void } => {
  const place = el('div');
  const show = (form: HTMLFormElement): void => {
    place.replaceChildren(form);
    form.querySelector('input')?.focus();
  };

  const askCode = (email: string): void => {
    const other = button('Another address', () => show(askEmail()));
    show(
      formOf(
        {
          label: 'Code',
          input: codeInput(),
          hint: `Sent to ${email}, good for a few minutes. A studio on your own machine writes its mail to the folder “outbox” in its data.`,
          action: 'Sign in',
          submit: async (code) => {
            await session.verify(email, code.replaceAll(' ', ''));
            onSignedIn();
          },
        },
        other,
      ),
    );
  };

  const askEmail = (): HTMLFormElement =>
    formOf({
      label: 'E-mail',
      input: emailInput(),
      hint: 'You get a code to sign in with. There are no passwords.',
      action: 'Send me a code',
      submit: async (email) => {
        await session.requestCode(email);
        askCode(email);
      },
    });

  const element = el(
    'section',
    { class: 'sign-in', 'aria-labelledby': 'sign-in-title' },
    el('h1', { id: 'sign-in-title', tabindex: -1 }, 'Sign in'),
    el('p', { class: 'note' }, note),
    place,
  );
  return { element, focus: () => show(askEmail()) };
};
