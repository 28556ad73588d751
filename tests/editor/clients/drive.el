;; What a user does in Emacs: see a finding, complete a name, rename it, save. `test_emacs.py` runs it, and
;; reads from the last lines what was there to be seen.

(defun wait-for (what question)
  "The first value of QUESTION that is not nil."
  (let ((end (+ (float-time) 30)) found)
    (while (and (not (setq found (funcall question))) (< (float-time) end))
      (accept-process-output nil 0.05))
    (or found (error "%s does not come" what))))

(defun open (file)
  "Visit FILE, and wait for the server."
  (find-file (expand-file-name file study))
  (run-hooks 'post-command-hook)  ; a batch has no commands, after which Eglot connects
  (wait-for "the server" #'eglot-current-server))

(defun say (key value)
  (princ (format "%s: %s\n" key value)))

(defvar study default-directory)
(fset 'y-or-n-p (lambda (&rest _) t))  ; the user agrees to the rename in a file that is not open

(open "sources/s_1.md")
(flymake-start)
(wait-for "a diagnostic" #'flymake-diagnostics)
(dolist (each (flymake-diagnostics))
  (say "diagnostic" (car (split-string (flymake-diagnostic-text each) "\n"))))

(search-forward "objct_store")
(delete-region (match-beginning 0) (match-end 0))
(insert "object_s")
(let ((found (run-hook-wrapped 'completion-at-point-functions #'completion--capf-wrapper 'all)))
  (say "completions" (all-completions "object_s" (nth 3 found))))
(completion-at-point)
(say "completed" (buffer-substring (line-beginning-position) (line-end-position)))
(wait-for "the check"
          (lambda ()
            (not (seq-some (lambda (each) (string-match-p "objct_store" (flymake-diagnostic-text each)))
                           (flymake-diagnostics)))))

(open "models/storage.py")
(switch-to-buffer (find-buffer-visiting (expand-file-name "sources/s_1.md" study)))
(eglot-rename "blob_store")
(save-some-buffers t)
(say "figure" (plist-get (codeable-figure) :path))
(say "servers" (length (apply #'append (hash-table-values eglot--servers-by-project))))
(eglot-shutdown-all)
